using System.Globalization;
using Spectre.Console;

namespace Terroir.Cli.Output;

/// <summary>Shows a person who watches that long work goes on. A pipe or a log gets nothing.</summary>
internal static class Waiting
{
    private static bool IsWatched => !Console.IsErrorRedirected;

    /// <summary>Shows a bar while work goes on that knows how far it is.</summary>
    /// <param name="description">What is done.</param>
    /// <param name="work">The work; it tells how many of how many are done, or gets nobody to tell.</param>
    public static Task<T> WithBarAsync<T>(string description, Func<Action<int, int>?, Task<T>> work) =>
        WithBarAsync(
            description,
            (Action<int, int, TimeSpan?>? tell) =>
                work(tell is null ? null : (done, total) => tell(done, total, null)));

    /// <summary>Shows a bar while work goes on that knows how far it is, and how long the rest takes.</summary>
    /// <param name="description">What is done.</param>
    /// <param name="work">The work; it tells how many of how many are done and the time that is left, or gets nobody to
    /// tell.</param>
    public static async Task<T> WithBarAsync<T>(string description, Func<Action<int, int, TimeSpan?>?, Task<T>> work)
    {
        if (!IsWatched)
        {
            return await work(null);
        }

        return await Terminal.Error.Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(description));
                bar.IsIndeterminate = true;
                var result = await work((done, total, rest) =>
                {
                    bar.Description = Markup.Escape(
                        rest is { } left ? $"{description} (about {Describe(left)} left)" : description);
                    bar.IsIndeterminate = false;
                    bar.MaxValue = Math.Max(1, total);
                    bar.Value = done;
                });
                bar.IsIndeterminate = false;
                bar.Value = bar.MaxValue;
                return result;
            });
    }

    /// <summary>A time in words, as exact as a person needs.</summary>
    public static string Describe(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes)} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:N1} h"),
    };

    /// <summary>Shows a turning mark while work goes on that does not know how far it is.</summary>
    public static Task<T> WithMarkAsync<T>(string description, Func<Task<T>> work) => IsWatched
        ? Terminal.Error.Status().StartAsync(Markup.Escape(description), _ => work())
        : work();
}
