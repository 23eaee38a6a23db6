using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Terroir.Bench.Processes;

namespace Terroir.Bench.Vectors.Peers;

/// <summary>sqlite-vec, the extension of the npm package, in this process: it scans; a filter is a column.</summary>
internal static class SqliteVecPeer
{
    private const string Engine = "sqlite-vec";
    private const string Package = "sqlite-vec-linux-x64@0.1.9";
    private const int AskedCount = 10;
    private const int Repetitions = 5;

    /// <summary>Fetches and measures it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be fetched.</exception>
    public static async Task<IReadOnlyList<VectorFigure>> MeasureAsync(
        VectorWork work,
        VectorTruths truths,
        string folder,
        int resultCount,
        CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, Engine)).FullName;
        await ChildProcess.RunAsync("npm", ["pack", Package, "--pack-destination", home], cancellationToken);
        var archive = Directory.EnumerateFiles(home, "*.tgz").First();
        await ChildProcess.RunAsync("tar", ["xzf", archive, "-C", home], cancellationToken);
        var file = Path.Combine(home, "vectors.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        connection.EnableExtensions();
        connection.LoadExtension(Path.Combine(home, "package", "vec0"));
        var before = ThreadTime.Now();
        Fill(connection, work, truths);
        var build = ThreadTime.Now() - before;
        return [.. truths.All.Select((truth, at) => Time(at, truth) with { BuildCpuSeconds = build })];

        VectorFigure Time(int filter, VectorTruth truth)
        {
            var found = Enumerable.Range(0, AskedCount).Select(query => Search(query, filter, truth)).ToArray();
            var seconds = new List<double>();
            for (var repetition = 0; repetition < Repetitions; repetition++)
            {
                var started = ThreadTime.Now();
                for (var query = 0; query < AskedCount; query++)
                {
                    Search(query, filter, truth);
                }

                seconds.Add(ThreadTime.Now() - started);
            }

            return PeerData.Figure(Engine, work, truth, "scan", AskedCount / Report.Quantile(seconds, 0.5), found);
        }

        int[] Search(int query, int filter, VectorTruth truth)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select rowid from vectors where vector match $query and k = $k"
                + (truth.Filter.Bitmap is null ? "" : $" and f{filter} = 1");
            command.Parameters.AddWithValue("$query", MemoryMarshal.AsBytes(work.Query(query)).ToArray());
            command.Parameters.AddWithValue("$k", resultCount);
            using var reader = command.ExecuteReader();
            var rows = new List<int>();
            while (reader.Read())
            {
                rows.Add(reader.GetInt32(0));
            }

            return [.. rows];
        }
    }

    private static void Fill(SqliteConnection connection, VectorWork work, VectorTruths truths)
    {
        var filters = truths.All.Index().Where(truth => truth.Item.Filter.Bitmap is not null).ToArray();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"create virtual table vectors using vec0(vector float[{work.Dimensions}] "
            + $"distance_metric=cosine{string.Concat(filters.Select(filter => $", f{filter.Index} boolean"))})";
        command.ExecuteNonQuery();
        command.CommandText = "insert into vectors(rowid, vector"
            + $"{string.Concat(filters.Select(filter => $", f{filter.Index}"))}) values ($row, $vector"
            + $"{string.Concat(filters.Select(filter => $", $f{filter.Index}"))})";
        for (var row = 0; row < work.Count; row++)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$row", row);
            command.Parameters.AddWithValue("$vector", MemoryMarshal.AsBytes(work.Vector(row)).ToArray());
            foreach (var (at, truth) in filters)
            {
                command.Parameters.AddWithValue($"$f{at}", truth.Filter.Bitmap![row / 64] >> (row % 64) & 1);
            }

            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
