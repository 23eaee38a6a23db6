using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Terroir.Documents;
using Terroir.Readers.Recognition;
using Terroir.Readers.Workers;

namespace Terroir.Acceptance.Tests;

/// <summary>Recognition whose program <c>tesseract</c> was taken over: it does what a test orders. Everything else is
/// the real process.</summary>
[SupportedOSPlatform("linux")]
internal sealed class HostileProgram : IDisposable
{
    /// <summary>What the engine says of an order that succeeded, and of one that did not.</summary>
    public const string Done = "donewhatithadbeenordered";

    public const string Refused = "refusedwhatithadbeenordered";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private readonly ReadWorkerCommand _command;
    private readonly ScanRecognizer _recognizer;

    public HostileProgram()
    {
        var real = ReadWorkerCommand.Find();
        var path = $"PATH={_folder.FullName}:{Environment.GetEnvironmentVariables()["PATH"]}";
        _command = new ReadWorkerCommand("env", [path, real.FileName, .. real.Arguments]);
        _recognizer = new ScanRecognizer(_command, size: 1, new RecognitionOptions());

        // A length that no other process sleeps for is the mark of what this one starts.
        Sleep = string.Create(
            CultureInfo.InvariantCulture,
            $"sleep 86400.{Environment.ProcessId}{Stopwatch.GetTimestamp()}");
    }

    /// <summary>A command that sleeps for a day.</summary>
    public string Sleep { get; }

    /// <summary>A file that the program must not touch.</summary>
    public string Kept => Path.Combine(_folder.FullName, "kept.txt");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where the programs, or what confines them, are missing.</summary>
    public async Task RequireAsync()
    {
        var found = await RecognitionPrograms.FindAsync(new RecognitionOptions(), Stop);
        Assert.SkipWhen(found.Packages.Count > 0, $"not installed: {string.Join(' ', found.Packages)}");
        using var pool = new ReadWorkerPool(_command.ForRecognition(), size: 1);
        Assert.SkipUnless((await pool.ProbeAsync(Stop)).HasFilter, "this system has no filter of system calls");
    }

    /// <summary>Has a picture read by a program that runs a line of bash; <c>say</c> answers.</summary>
    /// <param name="order">The line.</param>
    /// <param name="seconds">How long a file may take.</param>
    public async Task<ReadOutcome> ReadAsync(string order, double seconds = 60)
    {
        var program = Path.Combine(_folder.FullName, "tesseract");
        await File.WriteAllTextAsync(program, $$"""
            #!/bin/bash
            say() {
              echo "<html><body><span class='ocr_line' title='bbox 10 20 390 40; baseline 0 -5; x_size 30'>"
              echo "<span class='ocrx_word' title='bbox 10 20 390 40; x_wconf 96'>$1</span></span></body></html>"
            }
            {{order}}
            """, Stop);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await _recognizer.RecognizeAsync(
            Blank(400, 300),
            "page.bmp",
            new Unreadable(UnreadableReason.NeedsRecognition, "image", new Remark(RemarkCode.FileIsPicture)),
            new ReadLimits { Duration = TimeSpan.FromSeconds(seconds) },
            Stop);
    }

    /// <summary>What the program says that came of an order.</summary>
    public async Task<string> SayAsync(string order)
    {
        var outcome = await ReadAsync($"if {order}; then say {Done}; else say {Refused}; fi 2>&-");
        return Assert.IsType<ParagraphBlock>(Assert.Single(Assert.IsType<Extracted>(outcome).Document.Blocks)).Text;
    }

    /// <summary>Waits until nothing sleeps any more.</summary>
    public async Task AssertNothingIsLeftAsync()
    {
        var argument = Sleep.Split(' ')[1];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (Directory.EnumerateDirectories("/proc").Any(folder => Runs(folder, argument)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public void Dispose()
    {
        _recognizer.Dispose();
        _folder.Delete(recursive: true);
    }

    private static bool Runs(string folder, string argument)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(folder)[0])
                && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(argument, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // BMP of 8 bits a dot, without a palette of its own: all dots are of colour 0.
    private static byte[] Blank(int width, int height)
    {
        var file = new byte[54 + (256 * 4) + (width * height)];
        "BM"u8.CopyTo(file);
        Write(2, file.Length);
        Write(10, 54 + (256 * 4));
        Write(14, 40);
        Write(18, width);
        Write(22, height);
        file[26] = 1;
        file[28] = 8;
        file.AsSpan(54, 3).Fill(255);
        return file;

        void Write(int at, int value) => BitConverter.TryWriteBytes(file.AsSpan(at), value);
    }
}
