namespace Terroir.Sovereignty.Cedar;

/// <summary>Arithmetic in 64 bits that says when it leaves them.</summary>
internal static class Checked
{
    public static long? Add(long left, long right) => Fit((Int128)left + right);

    public static long? Subtract(long left, long right) => Fit((Int128)left - right);

    public static long? Multiply(long left, long right) => Fit((Int128)left * right);

    private static long? Fit(Int128 value) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
}
