using System.Diagnostics;
using System.Globalization;
using Terroir.Access;
using Terroir.Ingestion.Permissions.Ntfs;

namespace Terroir.Tests.Ingestion.Ntfs;

/// <summary>Samba's own answer: it packs random descriptors and decides who may read, and who reads here must be among
/// them. <c>eng/long/40-sources.sh</c> says where Samba's library is.</summary>
public sealed class SambaRealServerTests
{
    private const string Interpreter = "TERROIR_SAMBA_PYTHON";

    private static readonly SiteDirectory Directory = SiteDirectory.Parse(
        $$"""
        users:
          - { id: ana, sid: {{Descriptor.Ana}} }
          - { id: max, sid: {{Descriptor.Max}} }
        groups:
          - { id: finance, sid: [{{Descriptor.Finance}}, S-1-5-32-544], members: [user:ana] }
          - { id: stagiaires, sid: {{Descriptor.Interns}}, members: [user:ana, user:max] }
        """);

    [Fact]
    public async Task Who_reads_here_may_read_by_the_access_check_of_Samba()
    {
        var (readCount, exactCount, narrowerCount) = (0, 0, 0);
        foreach (var line in await RunAsync())
        {
            var (hex, user, right, there) = line.Split(' ') is [var first, var second, var third, var fourth]
                ? (first, second, uint.Parse(third, CultureInfo.InvariantCulture), fourth is "1")
                : throw new InvalidDataException(line);
            var descriptor = SecurityDescriptor.TryParse(Convert.FromHexString(hex));
            Assert.NotNull(descriptor);

            var readers = NtfsReaders.Of(descriptor, right, Directory.FindBySid, out _);

            var here = Directory.Find(user)!.MayRead(readers.Access);
            Assert.True(there || !here, $"{user} has right {right} here only: {hex}");
            Assert.True(
                here == there || descriptor.Entries.Any(entry => !entry.IsAllowed),
                $"{user} is refused right {right} without a refusal: {hex}");
            readCount += here ? 1 : 0;
            exactCount += here == there ? 1 : 0;
            narrowerCount += here == there ? 0 : 1;
        }

        Assert.True(
            readCount > 100 && exactCount > 9 * narrowerCount,
            $"{readCount} readings, {exactCount} exact, {narrowerCount} narrower");
    }

    private static async Task<string[]> RunAsync()
    {
        var environment = Environment.GetEnvironmentVariables();
        Assert.SkipWhen(
            environment[Interpreter] is not string,
            $"{Interpreter} is not set: eng/long/40-sources.sh finds Samba's library.");
        using var process = Process.Start(new ProcessStartInfo((string)environment[Interpreter]!)
        {
            ArgumentList =
            {
                (string)environment["TERROIR_SAMBA_SCRIPT"]!,
                (string)environment["TERROIR_SAMBA_COUNT"]!,
                (string)environment["TERROIR_SAMBA_SEED"]!,
            },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
