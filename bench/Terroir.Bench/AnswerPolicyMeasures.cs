using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Bench.Processes;
using Terroir.Server;
using Terroir.Sovereignty;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: what do policies and labels add to an answer that a model writes?</summary>
/// <remarks>The same questions are asked with the policies of the hospital and without, in turns, of a model that costs
/// nothing: it says one sentence at once. So the share is the greatest that there can be.</remarks>
internal static class AnswerPolicyMeasures
{
    private const int RoundCount = 5;
    private const int WarmUpCount = 3;
    private const int QuestionCount = 150;
    private const string Collection = "servicepublic-fr";

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var set = JudgedSet.Read(Collection);
        using var folder = new WorkFolder();
        var data = Path.Combine(folder.Path, "site");
        var files = Path.Combine(folder.Path, "files");
        set.WriteFiles(files);
        await ChildProcess.RunTerroirAsync(["init", "--data", data], cancellationToken);
        await ChildProcess.RunTerroirAsync(["source", "add", "files", files, "--data", data], cancellationToken);
        await ChildProcess.RunTerroirAsync(["sync", "--data", data], cancellationToken);
        await File.AppendAllTextAsync(
            Path.Combine(data, "terroir.yaml"),
            "\nmodels:\n  endpoint: http://127.0.0.1:9/v1\n  model: instant\n",
            cancellationToken);
        AskRequest[] questions =
        [
            .. set.Queries.Take(QuestionCount).Select(query => new AskRequest
            {
                Question = query.Text,
                Asker = new Asker("bench", []),
            }),
        ];
        await using var free = Open(data, policies: null);
        var policies = SitePolicies.Parse(SitePolicies.ReadFolder(Path.Combine("deploy", "policies", "hospital")));
        await using var bound = Open(data, policies);
        var (without, with) = (new Timing(free), new Timing(bound));
        for (var round = 0; round < WarmUpCount; round++)
        {
            await new Timing(free).AskAllAsync(questions, cancellationToken);
            await new Timing(bound).AskAllAsync(questions, cancellationToken);
        }

        for (var round = 0; round < RoundCount; round++)
        {
            await without.AskAllAsync(questions, cancellationToken);
            await with.AskAllAsync(questions, cancellationToken);
        }

        await WriteTableAsync(
            ["collection", "answers", "by the model", "CPU ms without", "CPU ms with", "more %"],
            [
                [
                    Collection, $"{with.Count}", $"{with.WrittenCount}", Number(without.Milliseconds, "0.00"),
                    Number(with.Milliseconds, "0.00"),
                    Number(100 * ((with.Milliseconds / without.Milliseconds) - 1), "0.0"),
                ],
            ]);
    }

    private static Site Open(string data, SitePolicies? policies) => Site.Open(data, services =>
    {
        services.AddSingleton<IChatClient>(new InstantModel()).RemoveAll<IProcessingPolicies>();
        if (policies is not null)
        {
            services.AddSingleton<IProcessingPolicies>(new FixedPolicies(policies));
        }
    });

    private sealed class Timing(Site site)
    {
        private readonly CitedAnswerer _answerer = site.Services.GetRequiredService<CitedAnswerer>();
        private TimeSpan _cpu;

        public int Count { get; private set; }

        public int WrittenCount { get; private set; }

        public double Milliseconds => _cpu.TotalMilliseconds / Count;

        public async Task AskAllAsync(IEnumerable<AskRequest> questions, CancellationToken cancellationToken)
        {
            var before = Environment.CpuUsage.TotalTime;
            foreach (var question in questions)
            {
                var answer = await _answerer.AskAsync(question, cancellationToken);
                Count++;
                WrittenCount += answer.Provider is "instant" ? 1 : 0;
            }

            _cpu += Environment.CpuUsage.TotalTime - before;
        }
    }

    private sealed class FixedPolicies(SitePolicies policies) : IProcessingPolicies
    {
        public SitePolicies? Find() => policies;
    }

    private sealed class InstantModel : IChatClient
    {
        private const string Written = "Pas de réponse.";

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Written)));

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, Written) { FinishReason = ChatFinishReason.Stop };
            await Task.CompletedTask;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
