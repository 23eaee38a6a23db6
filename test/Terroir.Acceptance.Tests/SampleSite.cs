using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Server;

namespace Terroir.Acceptance.Tests;

/// <summary>The demo's site, made once for the tests that only ask it.</summary>
public sealed class SampleSite : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private Site? _site;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var data = Path.Combine(_folder.FullName, "site");
        var (exit, _, error) = await TerroirCommand.RunAsync("demo", "--no-serve", "--json", "--data", data);
        Assert.True(exit == 0, error);
        _site = Site.Open(data);
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
