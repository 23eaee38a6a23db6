namespace Terroir.Inference.Onnx.Graph;

/// <summary>Counts what an import has read, reports it, and stops it when it is cancelled.</summary>
internal sealed class ImportMeter(
    long totalBytes,
    IProgress<ImportProgress> progress,
    CancellationToken cancellationToken)
{
    private const long StepBytes = 8 << 20;

    private long _doneBytes;
    private long _reportedBytes;

    public void Add(long sizeBytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _doneBytes += sizeBytes;
        if (_doneBytes - _reportedBytes >= StepBytes)
        {
            Report(_doneBytes);
        }
    }

    public void Finish() => Report(totalBytes);

    private void Report(long doneBytes)
    {
        _reportedBytes = doneBytes;
        progress.Report(new ImportProgress(Math.Min(doneBytes, totalBytes), totalBytes));
    }
}
