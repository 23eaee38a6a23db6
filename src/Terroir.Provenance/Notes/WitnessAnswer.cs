namespace Terroir.Provenance.Notes;

/// <summary>What a witness answers.</summary>
/// <param name="Status">The status code of HTTP.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Body">The body.</param>
/// <param name="Update">The checkpoint to keep, durably and before answering, if the one that was compared with is
/// still the last; <see langword="null"/> where nothing is kept.</param>
public sealed record WitnessAnswer(int Status, string ContentType, string Body, Checkpoint? Update)
{
    /// <summary>The type of a body that is the size of the checkpoint that was cosigned last.</summary>
    public const string SizeType = "text/x.tlog.size";

    /// <summary>The type of other bodies.</summary>
    public const string TextType = "text/plain; charset=utf-8";
}
