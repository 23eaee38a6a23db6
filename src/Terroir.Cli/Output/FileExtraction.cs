using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Terroir.Documents;
using Terroir.Readers.Recognition;
using Terroir.Readers.Workers;
using Terroir.Server;
using Terroir.Server.Configuration;

namespace Terroir.Cli.Output;

/// <summary>Reads files as a site does, without putting them into one.</summary>
internal sealed class FileExtraction : IDisposable
{
    private readonly ReadWorkerPool _reader;
    private readonly ScanRecognizer _recognizer;

    /// <summary>Starts the processes that read.</summary>
    /// <param name="parsed">A file can be looked at without a site; where <c>--data</c> has one, its scans are read as
    /// it reads them.</param>
    public FileExtraction(ParseResult parsed)
    {
        var command = ReadWorkerCommand.Find();
        Configuration = FindConfiguration(parsed);
        var options = Configuration?.GetSection(RecognitionOptions.Section).Get<RecognitionOptions>()
            ?? new RecognitionOptions();
        if (options.FindFault() is { } fault)
        {
            throw new FormatException(fault);
        }

        _reader = new ReadWorkerPool(command, size: 1);
        _recognizer = new ScanRecognizer(command, size: 1, options);
    }

    /// <summary>The configuration of the site; <see langword="null"/> without a site.</summary>
    public IConfiguration? Configuration { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public async Task<ReadOutcome> ReadAsync(string path, ReadLimits limits, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        return await new RecognizingReader(_reader, _recognizer).ReadAsync(
            content,
            Path.GetFileName(path),
            limits,
            cancellationToken);
    }

    public void Dispose()
    {
        _recognizer.Dispose();
        _reader.Dispose();
    }

    private static IConfiguration? FindConfiguration(ParseResult parsed)
    {
        var data = parsed.GetValue(CommandLine.Data)!;
        if (SiteFolder.Find(data) is { } site)
        {
            return SiteConfiguration.Load(site, new Dictionary<string, string?>(StringComparer.Ordinal));
        }

        return parsed.GetResult(CommandLine.Data) is { Implicit: false } ? throw new SiteMissingException(data) : null;
    }
}
