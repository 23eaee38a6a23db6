using System.CommandLine;
using System.Globalization;

namespace Terroir.Cli.Output;

/// <summary>An option that takes a time in UTC.</summary>
internal static class TimeOption
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name, such as <c>--from</c>.</param>
    /// <param name="description">What it is for.</param>
    public static Option<DateTimeOffset?> Create(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, Style, out var time))
            {
                return time;
            }

            result.AddError($"{name} is a time such as 2026-11-26 or 2026-11-26T08:30:00Z.");
            return null;
        },
    };
}
