using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Terroir.Server.Protection;

/// <summary>The programs of tpm2-tools (5 or newer), which speak to the TPM of a machine.</summary>
/// <param name="device">Which one, as tpm2-tools name it (TCTI), such as <c>device:/dev/tpmrm0</c>.</param>
internal sealed class TpmTool(string device)
{
    /// <summary>How long one program may take; a slow TPM needs seconds for a key.</summary>
    internal static readonly TimeSpan DurationMax = TimeSpan.FromSeconds(30);

    private const int OutputMaxBytes = 1 << 16;

    private const string Recovery =
        "put 'masterKey:' with a new key in the place of 'tpmPcrs:', and 'terroir key import' your export of the keys.";

    /// <summary>Runs one program.</summary>
    /// <param name="folder">Where the files are that its arguments name.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="TokenRefusedException">It is not installed, takes too long, or fails.</exception>
    public byte[] Run(string folder, byte[] input, string program, params IReadOnlyList<string> arguments)
    {
        using var process = Start(folder, program, arguments);
        using var patience = new CancellationTokenSource(DurationMax);
        _ = patience.Token.Register(process.Kill);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read anything; why is what it says.
        }

        // What it says fits in its pipe.
        var output = Read(process.StandardOutput);
        var error = Encoding.UTF8.GetString(Read(process.StandardError));
        process.WaitForExit(DurationMax);
        return patience.IsCancellationRequested
            ? throw new TokenRefusedException(
                $"{program} did not end within {DurationMax.TotalSeconds:0} s. Is 'tpmDevice:' ({device}) right?")
            : process.ExitCode == 0 ? output : throw new TokenRefusedException(Explain(program, error));
    }

    private static byte[] Read(StreamReader pipe)
    {
        using var reader = new BinaryReader(pipe.BaseStream);
        return reader.ReadBytes(OutputMaxBytes);
    }

    private Process Start(string folder, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "-T", device])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new TokenRefusedException(
                $"{program} cannot be started. Install the package tpm2-tools.",
                exception);
        }
    }

    private string Explain(string program, string error) =>
        error.Contains("0x99D", StringComparison.OrdinalIgnoreCase)
            ? "the TPM measured another start of the machine than the one of 'terroir key rotate --to token': its "
                + "firmware or its boot settings changed. If the change is not yours, look at the machine first. If it "
                + $"is: {Recovery}"
        : error.Contains("Could not load tcti", StringComparison.Ordinal)
            ? $"there is no TPM at '{device}', or this account may not use it. Set 'tpmDevice:', and put the account "
                + "in the group of the device (tss)."
        : error.Contains("integrity check", StringComparison.Ordinal)
            ? "the TPM did not seal this master key: it is another TPM, or it was cleared. "
                + $"To go on: {Recovery}"
        : $"{program} failed: {LastLineOf(error)}";

    private static string LastLineOf(string error) =>
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => !line.Contains("Unable to run", StringComparison.Ordinal)) ?? "it says nothing more";
}
