using System.Globalization;
using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>Reads one format. It may raise anything on a broken file; the caller turns that into a reason.</summary>
internal abstract class FormatReader
{
    public abstract string Name { get; }

    public abstract ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken);
}

/// <summary>A reader's own verdict on a file.</summary>
internal sealed class UnreadableException : Exception
{
    /// <summary>Creates the verdict.</summary>
    public UnreadableException(UnreadableReason reason, Remark advice)
        : base(advice.Code.ToString())
    {
        Reason = reason;
        Advice = advice;
    }

    /// <summary>Creates a verdict that has texts to be said with.</summary>
    public UnreadableException(UnreadableReason reason, RemarkCode code, params string[] values)
        : this(reason, new Remark(code, values))
    {
    }

    /// <summary>Creates a verdict that a limit makes.</summary>
    public UnreadableException(UnreadableReason reason, RemarkCode code, long limit)
        : this(reason, code, limit.ToString(CultureInfo.InvariantCulture))
    {
    }

    public UnreadableReason Reason { get; }

    public Remark Advice { get; }

    /// <summary>The verdict on a file that asks for a password.</summary>
    public static UnreadableException Locked() => new(UnreadableReason.Encrypted, RemarkCode.AsksForPassword);
}
