using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Releases and the figures of each day as rows.</summary>
internal sealed class SqliteQualityStore(SqliteDatabase database) : IQualityStore
{
    public Task SaveReleaseAsync(QualityRelease release, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "save release",
            transaction => transaction.Execute(
                "insert or ignore into quality_release values ($source, $content, $path, $at)",
                ("$source", release.Source),
                ("$content", release.Content.Hex),
                ("$path", release.Path),
                ("$at", release.ReleasedAt.ToUnixTimeMilliseconds())),
            cancellationToken);

    public Task<IReadOnlyList<QualityRelease>> ListReleasesAsync(
        string source,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list releases",
            transaction => transaction.Query(
                "select * from quality_release where source = $source order by content",
                row => new QualityRelease(
                    row.GetString(0),
                    ContentHash.Parse(row.GetString(1)),
                    row.GetString(2),
                    row.Time(3)),
                ("$source", source)),
            cancellationToken);

    public Task<bool> RemoveReleaseAsync(string source, ContentHash content, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "remove release",
            transaction => transaction.Execute(
                "delete from quality_release where source = $source and content = $content",
                ("$source", source),
                ("$content", content.Hex)) == 1,
            cancellationToken);

    public Task SaveAccountAsync(SourceAccount account, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "save account",
            transaction => transaction.Execute(
                "insert or replace into source_account values ($source, $at, $found, $ignored)",
                ("$source", account.Source),
                ("$at", account.At.ToUnixTimeMilliseconds()),
                ("$found", account.FoundCount),
                ("$ignored", account.IgnoredCount)),
            cancellationToken);

    public Task<SourceAccount?> FindAccountAsync(string source, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "find account",
            transaction => transaction.Query(
                "select * from source_account where source = $source",
                row => new SourceAccount(row.GetString(0), row.Time(1), row.GetInt32(2), row.GetInt32(3)),
                ("$source", source)).SingleOrDefault(),
            cancellationToken);

    public Task SaveFiguresAsync(IReadOnlyList<QualityFigures> figures, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "save figures",
            transaction =>
            {
                foreach (var item in figures)
                {
                    Save(transaction, item);
                }

                return figures.Select(item => item.Collection).Distinct().Sum(collection => transaction.Execute(
                    """
                    delete from quality_day where collection = $collection and day not in (
                      select day from quality_day where collection = $collection order by day desc limit $max)
                    """,
                    ("$collection", collection.Value),
                    ("$max", IQualityStore.DayCountMax)));
            },
            cancellationToken);

    public Task<IReadOnlyList<QualityFigures>> ListFiguresAsync(
        CollectionId collection,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list figures",
            transaction => transaction.Query(
                "select * from quality_day where collection = $collection order by day",
                Read,
                ("$collection", collection.Value)),
            cancellationToken);

    private static void Save(SqliteTransaction transaction, QualityFigures figures) =>
        transaction.Execute(
            "insert or replace into quality_day values ($collection, $day, $at, $counts, $points, $held, $unread)",
            ("$collection", figures.Collection.Value),
            ("$day", figures.Day.DayNumber),
            ("$at", figures.At.ToUnixTimeMilliseconds()),
            ("$counts", Join(figures.Counts, value => value.ToString(CultureInfo.InvariantCulture))),
            ("$points", Join(figures.Points, value => value.ToString("R", CultureInfo.InvariantCulture))),
            ("$held", figures.HeldCount),
            ("$unread", figures.UnreadCount));

    private static QualityFigures Read(SqliteDataReader row) => new(
        new CollectionId(row.GetString(0)),
        row.Time(2),
        [.. Split(row.GetString(3)).Select(part => int.Parse(part, CultureInfo.InvariantCulture))],
        [.. Split(row.GetString(4)).Select(part => double.Parse(part, CultureInfo.InvariantCulture))],
        row.GetInt32(5),
        row.GetInt32(6));

    private static string Join<T>(IEnumerable<T> values, Func<T, string> write) =>
        string.Join(',', values.Select(write));

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
