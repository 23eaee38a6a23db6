namespace Terroir.Protection.PersonalData.Checks;

/// <summary>The machine readable lines of identity cards and passports (ICAO 9303).</summary>
internal static class TravelChecks
{
    /// <summary>The line with the numbers of a passport (44 characters), of a card of the size of a passport (36), or
    /// of a card of the size of a bank card (30, its first line), with right check figures.</summary>
    public static bool IsMachineLine(ReadOnlySpan<char> line) => line.Length switch
    {
        44 or 36 => Is(line, ..9, 9) && Is(line, 13..19, 19) && Is(line, 21..27, 27),
        30 => line[0] is 'A' or 'C' or 'I' && Is(line, 5..14, 14),
        _ => false,
    };

    private static bool Is(ReadOnlySpan<char> line, Range part, int check)
    {
        var sum = 0;
        var index = 0;
        foreach (var letter in line[part])
        {
            var value = letter switch
            {
                '<' => 0,
                >= '0' and <= '9' => letter - '0',
                >= 'A' and <= 'Z' => letter - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return false;
            }

            sum += value * (index++ % 3) switch { 0 => 7, 1 => 3, _ => 1 };
        }

        return line[check] == (char)('0' + (sum % 10));
    }
}
