using System.Diagnostics;
using System.Globalization;
using System.Text;
using Terroir.Sovereignty.Cedar;
using static Terroir.Bench.Report;

namespace Terroir.Bench;

/// <summary>Question: does one core decide at least 50,000 requests a second by 100 policies, and how much of it is the
/// index of scopes? Policies are drawn in three mixes of scopes; each has a condition of three comparisons.</summary>
internal static class PolicyBenchmark
{
    private const int UserCount = 1_000;
    private const int GroupCount = 20;
    private const int RequestCount = 20_000;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <summary>What the scopes of a set name.</summary>
    private enum Mix
    {
        /// <summary>A group or a folder each, as sites write them.</summary>
        Groups,

        /// <summary>An action each: a third of all policies fits each request.</summary>
        Actions,

        /// <summary>Nothing: each policy is evaluated for each request.</summary>
        Nothing,
    }

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var entities = CreateEntities();
        var requests = CreateRequests();
        var rows = new List<string[]>();
        foreach (var mix in Enum.GetValues<Mix>())
        {
            foreach (var count in (int[])[10, 100, 1_000])
            {
                rows.Add(Measure(mix, count, entities, requests));
            }
        }

        await WriteTableAsync(
            ["scopes name", "policies", "decisions a second of processor time", "µs each", "allowed"],
            rows);
    }

    private static string[] Measure(Mix mix, int count, EntityStore entities, AuthorizationRequest[] requests)
    {
        var policies = PolicySet.Parse(CreatePolicies(mix, count));
        var allowed = requests.Take(1_000).Count(request => policies.Authorize(request, entities).IsAllowed);
        var clock = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var decisions = 0;
        while (clock.Elapsed < Duration)
        {
            for (var i = 0; i < 100; i++, decisions++)
            {
                policies.Authorize(requests[decisions % requests.Length], entities);
            }
        }

        var used = Environment.CpuUsage.TotalTime - before;
        return
        [
            mix switch { Mix.Groups => "a group or folder", Mix.Actions => "an action", _ => "nothing" },
            Number(count, "0"),
            Number(decisions / used.TotalSeconds, "#,0"),
            Number(used.TotalMicroseconds / decisions),
            $"{Number(allowed / 10.0, "0.0")} %",
        ];
    }

    private static string CreatePolicies(Mix mix, int count)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var group = random.Next(GroupCount);
            var (principal, action, resource) = mix switch
            {
                Mix.Groups when i % 2 == 0 => ($"principal in Group::\"{group}\"", "action", "resource"),
                Mix.Groups => ("principal", "action", $"resource in Folder::\"{group}\""),
                Mix.Actions => ("principal", $"action == Action::\"{i % 3}\"", "resource"),
                _ => ("principal", "action", "resource"),
            };
            text.Append(i % 5 == 4 ? "forbid" : "permit").AppendLine(
                CultureInfo.InvariantCulture,
                $"({principal}, {action}, {resource}) when {{ resource.level <= {random.Next(6)} && "
                + $"context.hour > {random.Next(24)} && principal.wards.contains(\"{random.Next(10)}\") }};");
        }

        return text.ToString();
    }

    private static EntityStore CreateEntities()
    {
        var random = new Random(2);
        var entities = new List<Entity>();
        for (var i = 0; i < UserCount; i++)
        {
            entities.Add(new Entity(
                Uid("User", i),
                Record("wards", new SetValue([Text(random.Next(10)), Text(random.Next(10))])),
                [Uid("Group", random.Next(GroupCount)), Uid("Group", random.Next(GroupCount))]));
            entities.Add(new Entity(
                Uid("Document", i),
                Record("level", new LongValue(random.Next(6))),
                [Uid("Folder", random.Next(GroupCount))]));
        }

        return new EntityStore(entities);
    }

    private static AuthorizationRequest[] CreateRequests()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, RequestCount).Select(_ => new AuthorizationRequest(
            Uid("User", random.Next(UserCount)),
            Uid("Action", random.Next(3)),
            Uid("Document", random.Next(UserCount)),
            Record("hour", new LongValue(random.Next(24)))))];
    }

    private static RecordValue Record(string name, CedarValue value) => new([KeyValuePair.Create(name, value)]);

    private static StringValue Text(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static EntityUid Uid(string type, int number) =>
        new(type, number.ToString(CultureInfo.InvariantCulture));
}
