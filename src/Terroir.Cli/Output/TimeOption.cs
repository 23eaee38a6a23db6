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

    /// <summary>Makes two that say from when to when, which both must be given.</summary>
    public static (Option<DateTimeOffset?> From, Option<DateTimeOffset?> To) CreateSpan()
    {
        var from = Create("--from", "The beginning, in UTC: 2026-11-26, or 2026-11-26T08:30:00Z.");
        var to = Create("--to", "The end, not part of it.");
        (from.Required, to.Required) = (true, true);
        to.Validators.Add(result =>
        {
            if (result.GetValue(from) >= result.GetValue(to))
            {
                result.AddError("--from is before --to.");
            }
        });
        return (from, to);
    }
}
