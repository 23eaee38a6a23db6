using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Server;

namespace Terroir.Acceptance.Tests;

/// <summary>A copy of the demo's site for the tests that only ask it.</summary>
public sealed class SampleSite(DemoSite demo) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private Site? _site;

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        var data = Path.Combine(_folder.FullName, "site");
        demo.CopyTo(data);
        _site = Site.Open(data);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Asks as one of the hospital's people.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="question">The question.</param>
    /// <returns>The answer.</returns>
    public Task<Answer> AskAsync(string user, string question) =>
        _site!.Services.GetRequiredService<IAnswerer>().AskAsync(
            new AskRequest
            {
                Question = question,
                Asker = _site.Services.GetRequiredService<IDirectory>().Find(user)!,
            },
            TestContext.Current.CancellationToken);
}
