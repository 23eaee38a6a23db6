using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Collects rows as items.</summary>
internal sealed class SqlListing(SqlSettings settings)
{
    private const string QueryPath = "(query)";

    private readonly Dictionary<string, ListedItem> _items = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _gone = new(StringComparer.Ordinal);
    private readonly List<SourceProblem> _problems = [];
    private int _namelessCount;

    /// <summary>Takes a row.</summary>
    /// <exception cref="SourceFaultException">There are too many rows, or two of one id.</exception>
    public void Add(Dictionary<string, string?> values)
    {
        var row = new SqlRow(settings, values);
        if (row.Path is not { } path)
        {
            _namelessCount++;
            return;
        }

        var isNew = row.IsDeleted
            ? !_items.ContainsKey(path) && _gone.Add(path)
            : !_gone.Contains(path) && _items.TryAdd(path, row.ToItem(path, out var problem)) && Note(path, problem);
        if (!isNew)
        {
            throw new SourceFaultException(
                "The query gives several rows of one id. Let 'id-column' be one that is unique.");
        }

        if (_items.Count > SqlSource.RowCountMax)
        {
            throw new SourceFaultException(
                $"The query gives more than {SqlSource.RowCountMax} rows. Split it over several sources.");
        }
    }

    /// <summary>Makes the listing of what was collected.</summary>
    public SourceListing ToListing(bool isComplete, string? cursor) => new()
    {
        Items = [.. _items.Values.OrderBy(item => item.Path, StringComparer.Ordinal)],
        IsComplete = isComplete,
        Gone = isComplete ? [] : [.. _gone],
        Cursor = cursor,
        Problems = _namelessCount == 0 ? _problems :
        [
            new SourceProblem(
                QueryPath,
                Line: 0,
                IsWarning: false,
                $"{_namelessCount} rows have no id, or one that can be no path; they are left out. Let 'id-column' be "
                + "one that is never empty."),
            .. _problems,
        ],
    };

    private bool Note(string path, string? problem)
    {
        if (problem is not null && _problems.Count < SqlSource.ProblemCountMax)
        {
            _problems.Add(new SourceProblem(path, Line: 0, IsWarning: false, problem));
        }

        return true;
    }
}
