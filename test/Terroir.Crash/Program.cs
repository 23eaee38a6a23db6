using System.Globalization;

namespace Terroir.Crash;

/// <summary><c>child FOLDER ROUND SEED</c> writes until it is killed; <c>loop ROUNDS SEED FOLDER</c> kills it;
/// <c>commit FOLDER</c> commits once; <c>sync-kills TERROIR SAMPLE KILLS SEED FOLDER</c> kills the command while it
/// synchronises, <c>import-kills TERROIR KILLS SEED FOLDER</c> while it imports a model, and
/// <c>embedding-kills TERROIR KILLS SEED FOLDER</c> while it embeds; <c>tamper CHANGES SEED FOLDER</c> changes a site;
/// <c>hostile-reader</c> is a reading process whose reader does what its file says; <c>encoder FOLDER</c> writes a
/// small encoder, and <c>opened SITE FOLDER</c> what a site has sealed.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["child", var folder, var round, var seed])
        {
            await using var site = CrashSite.Open(folder, CrashSite.ClockOfChild(Number(round)), Console.Out);
            await new CrashChild(site, Console.Out, Number(seed)).RunAsync(CancellationToken.None);
            return 0;
        }

        if (arguments is ["commit", var once])
        {
            await using var site = CrashSite.Open(once, TimeSpan.Zero);
            await new CrashChild(site, Console.Out, 1).CommitAsync(CancellationToken.None);
            return 0;
        }

        if (arguments is ["loop", var rounds, var first, var scratch])
        {
            var report = await CrashLoop.RunAsync(scratch, Number(rounds), Number(first), CancellationToken.None);
            await Console.Out.WriteLineAsync(report.Describe());
            return report.Problems.Count == 0 ? 0 : 1;
        }

        if (await KillAsync(arguments) is var (text, exitCode))
        {
            await Console.Out.WriteLineAsync(text);
            return exitCode;
        }

        if (arguments is ["tamper", var changes, var start, var space])
        {
            var campaign = new TamperCampaign(space, Number(changes), Number(start));
            var (figures, undetected) = await campaign.RunAsync(CancellationToken.None);
            await Console.Out.WriteLineAsync(figures);
            return undetected == 0 ? 0 : 1;
        }

        if (arguments is [HostileReader.Verb])
        {
            return await HostileReader.RunAsync();
        }

        if (await WriteAsync(arguments) is { } written)
        {
            await Console.Out.WriteLineAsync(written);
            return 0;
        }

        await Console.Error.WriteLineAsync(
            "usage: loop ROUNDS SEED FOLDER, child FOLDER ROUND SEED, commit FOLDER, "
            + "sync-kills TERROIR SAMPLE KILLS SEED FOLDER, import-kills TERROIR KILLS SEED FOLDER, "
            + "embedding-kills TERROIR KILLS SEED FOLDER, tamper CHANGES SEED FOLDER, encoder FOLDER, "
            + $"opened SITE FOLDER, or {HostileReader.Verb}");
        return 2;
    }

    // The loops that kill the command itself.
    private static async Task<(string Text, int ExitCode)?> KillAsync(string[] arguments) => arguments switch
    {
        ["sync-kills", var terroir, var sample, var kills, var seed, var folder] =>
            await SyncKills.RunAsync(terroir, sample, folder, Number(kills), Number(seed)),
        ["import-kills", var terroir, var kills, var seed, var folder] =>
            await ImportKills.RunAsync(terroir, folder, Number(kills), Number(seed)),
        ["embedding-kills", var terroir, var kills, var seed, var folder] =>
            await EmbeddingKills.RunAsync(terroir, folder, Number(kills), Number(seed)),
        _ => null,
    };

    // What others look at.
    private static async Task<string?> WriteAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["encoder", var folder]:
                new MadeEncoder().Write(folder);
                return folder;
            case ["opened", var site, var folder]:
                return await OpenedObjects.WriteAsync(site, folder, CancellationToken.None);
            default:
                return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
