using Terroir.Provenance.Notes;

namespace Terroir.Audit;

/// <summary>A witness that cosigns the checkpoints of this site (C2SP tlog-witness), wherever it is.</summary>
public interface IWitness
{
    /// <summary>What to call it: its address.</summary>
    string Name { get; }

    /// <summary>The keys that its cosignatures are verified with; at least one.</summary>
    IReadOnlyList<VerifierKey> Keys { get; }

    /// <summary>Asks for a cosignature.</summary>
    /// <param name="body">The bytes of an <see cref="AddCheckpointRequest"/>.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>The reply; that of a witness which cannot be reached has the status 0.</returns>
    Task<WitnessReply> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>Asks which checkpoint it cosigned last. The specification knows no such call, so it may have none.
    /// </summary>
    /// <param name="origin">The log's name.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>The signed note; <see langword="null"/> if it does not say.</returns>
    Task<byte[]?> ReadCheckpointAsync(string origin, CancellationToken cancellationToken);
}

/// <summary>What a witness replied.</summary>
/// <param name="Status">The status code of HTTP; 0 if there was no reply.</param>
/// <param name="Body">The body.</param>
public sealed record WitnessReply(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>There was no reply.</summary>
    public static WitnessReply None { get; } = new(0, ReadOnlyMemory<byte>.Empty);
}
