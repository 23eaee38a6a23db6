namespace Terroir.Server;

/// <summary>Remembers what failed last in work that is done again and again, so that it is logged once and not each
/// time until it works.</summary>
/// <remarks>For one worker, which does one thing at a time.</remarks>
internal sealed class RepeatedFault
{
    private string _code = "";

    /// <summary>Takes that it works: the next failure is news, whatever it is.</summary>
    public void Forget() => _code = "";

    /// <summary>Takes a failure.</summary>
    /// <param name="code">The code of its error.</param>
    /// <returns>Whether it is another one than the last time.</returns>
    public bool IsNew(string code)
    {
        var isNew = !string.Equals(_code, code, StringComparison.Ordinal);
        _code = code;
        return isNew;
    }
}
