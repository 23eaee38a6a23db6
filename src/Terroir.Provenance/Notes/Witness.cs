using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Notes;

/// <summary>What a witness answers to <c>add-checkpoint</c> (C2SP tlog-witness). Nothing is kept here.</summary>
/// <remarks>Comparing with the last checkpoint and keeping the new one must be one step for the caller, else a slower
/// request could roll a log back.</remarks>
public static class Witness
{
    /// <summary>Answers a request.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="find">Tells what the witness knows of a log, by origin; <see langword="null"/> for one that it does
    /// not know.</param>
    /// <param name="signers">The keys of the witness; 1 or more cosigners.</param>
    public static WitnessAnswer Answer(
        ReadOnlySpan<byte> body,
        Func<string, WitnessedLog?> find,
        IReadOnlyList<NoteSigner> signers)
    {
        ArgumentNullException.ThrowIfNull(find);
        ArgumentNullException.ThrowIfNull(signers);
        try
        {
            var request = AddCheckpointRequest.Parse(body);
            return Answer(request, Checkpoint.Parse(request.Checkpoint.Text), find, signers);
        }
        catch (ProofFormatException exception)
        {
            return Refusal(400, exception.Message);
        }
    }

    private static WitnessAnswer Answer(
        AddCheckpointRequest request,
        Checkpoint checkpoint,
        Func<string, WitnessedLog?> find,
        IReadOnlyList<NoteSigner> signers)
    {
        if (find(checkpoint.Origin) is not { } log)
        {
            return Refusal(404, "This witness does not know the log.");
        }

        if (request.Checkpoint.Verify(log.Keys) is not { Count: > 0 })
        {
            return Refusal(403, "No key that this witness trusts for the log signed the checkpoint.");
        }

        if (request.OldSize > checkpoint.Size)
        {
            return Refusal(400, "The old size is greater than the size of the checkpoint.");
        }

        if (request.OldSize != log.Size)
        {
            return new WitnessAnswer(409, WitnessAnswer.SizeType, NoteText.Number(log.Size) + "\n", Update: null);
        }

        if (log.Size > 0 && log.Size == checkpoint.Size && log.Root != checkpoint.Root)
        {
            return Refusal(409, "The log signed another root for this size before.");
        }

        return IsGrown(request, checkpoint, log)
            ? new WitnessAnswer(200, WitnessAnswer.TextType, Cosign(request, signers), checkpoint)
            : Refusal(422, "The proof does not show that the log only grew.");
    }

    private static bool IsGrown(AddCheckpointRequest request, Checkpoint checkpoint, WitnessedLog log)
    {
        if (log.Size > 0)
        {
            return MerkleVerifier.IsConsistent(log.Size, checkpoint.Size, request.Proof, log.Root, checkpoint.Root);
        }

        return request.Proof.Count == 0 && (checkpoint.Size > 0 || checkpoint.Root == MerkleHash.OfEmptyTree);
    }

    private static string Cosign(AddCheckpointRequest request, IReadOnlyList<NoteSigner> signers) =>
        string.Concat(signers.Select(signer => signer.Sign(request.Checkpoint.Text).ToLine()));

    private static WitnessAnswer Refusal(int status, string reason) =>
        new(status, WitnessAnswer.TextType, reason + "\n", Update: null);
}
