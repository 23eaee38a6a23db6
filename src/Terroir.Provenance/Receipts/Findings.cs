namespace Terroir.Provenance.Receipts;

/// <summary>Gathers what is found.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _statements = [];
    private readonly List<Finding> _failed = [];
    private readonly List<Finding> _notShown = [];

    public void Prove(FindingCode code, params string[] values) => _statements.Add(new Finding(code, values));

    public void Fail(FindingCode code, params string[] values) => _failed.Add(new Finding(code, values));

    /// <summary>Tells what is not shown, once: neither a proof nor a copy of the log may show it.</summary>
    public void Miss(FindingCode code, params string[] values)
    {
        var isKnown = _notShown.Exists(known =>
            known.Code == code && known.Values.SequenceEqual(values, StringComparer.Ordinal));
        if (!isKnown)
        {
            _notShown.Add(new Finding(code, values));
        }
    }

    /// <summary>Judges an opening: proven, false, or not given.</summary>
    public void Judge(
        Opening? opening,
        ContentHash commitment,
        FindingCode proven,
        FindingCode failed,
        FindingCode missed)
    {
        if (opening is null)
        {
            Miss(missed);
        }
        else if (opening.Opens(commitment))
        {
            Prove(proven);
        }
        else
        {
            Fail(failed);
        }
    }

    public ReceiptReport ToReport(AnswerReceipt? receipt) => new(receipt, _statements, _failed, _notShown);
}
