using System.Threading.Channels;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Runs requests one round after the other, loads the model for the first, and unloads it when nobody
/// asks.</summary>
internal sealed class GenerationLoop : IAsyncDisposable
{
    private readonly Channel<GenerationRequest> _queue;
    private readonly Func<BatchedDecoder> _load;
    private readonly OnnxChatClientOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private BatchedDecoder? _decoder;

    public GenerationLoop(Func<BatchedDecoder> load, OnnxChatClientOptions options, TimeProvider timeProvider)
    {
        _load = load;
        _options = options;
        _timeProvider = timeProvider;
        _queue = Channel.CreateBounded<GenerationRequest>(options.QueueMax);
        _loop = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Whether the model is in memory.</summary>
    public bool IsLoaded => Volatile.Read(ref _decoder) is not null;

    /// <summary>Queues a request.</summary>
    /// <exception cref="ModelLimitException">Too many requests wait.</exception>
    public void Enqueue(GenerationRequest request)
    {
        if (!_queue.Writer.TryWrite(request))
        {
            throw new ModelLimitException(ModelLimit.Queue, _options.QueueMax + 1, _options.QueueMax);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
        {
            return;
        }

        await _stop.CancelAsync();
#pragma warning disable VSTHRD003 // Started by this object's constructor, and it never fails.
        await _loop;
#pragma warning restore VSTHRD003
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (await WaitAsync())
        {
            try
            {
                _decoder ??= _load();
                while (_decoder.HasRoom && _queue.Reader.TryRead(out var request))
                {
                    _decoder.Begin(request);
                }

                _decoder.Step();
            }
            catch (Exception exception)
            {
                // The edge of the worker: whoever asked gets the error, and the next request is served.
                Fail(exception);
            }
        }

        _decoder?.Fail(new OperationCanceledException());
        Unload();
        Drain(new OperationCanceledException());
    }

    // Returns once there is something to do; false when the loop ends.
    private async Task<bool> WaitAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return false;
        }

        if (_decoder is { IsIdle: false })
        {
            return true;
        }

        try
        {
            if (_decoder is not null && !await WaitForIdleAsync())
            {
                Unload();
            }

            return await _queue.Reader.WaitToReadAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Returns whether a request came in time.
    private async Task<bool> WaitForIdleAsync()
    {
        using var idle = new CancellationTokenSource(_options.IdleUnload, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, _stop.Token);
        try
        {
            return await _queue.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return false;
        }
    }

    // A run that failed leaves a state that nobody knows: the model is loaded again. One that does not load fails all.
    private void Fail(Exception exception)
    {
        // Natives that are missing or damaged, memory that is used up, a vocabulary that does not fit: whoever asks
        // needs to know only that this model cannot answer now.
        var cause = exception is TerroirException or OperationCanceledException
            ? exception
            : new ModelRunFailedException(_options.ModelId, exception);
        if (_decoder is { } decoder)
        {
            decoder.Fail(cause);
            Unload();
        }
        else
        {
            Drain(cause);
        }
    }

    private void Drain(Exception cause)
    {
        while (_queue.Reader.TryRead(out var request))
        {
            request.Updates.Writer.TryComplete(cause);
        }
    }

    private void Unload()
    {
        var decoder = _decoder;
        Volatile.Write(ref _decoder, value: null);
        decoder?.Dispose();
    }
}
