using Terroir.Documents;

namespace Terroir.Readers.Data;

/// <summary>A value, a record of named members, or a list: what structured data come down to.</summary>
internal sealed record DataRecord(string Value, IReadOnlyList<(string Name, DataRecord Item)> Members, bool IsList)
{
    public bool IsValue => Members.Count == 0 && !IsList;

    /// <summary>Whether it is a record whose members are all values.</summary>
    public bool IsFlat => !IsList && Members.Count > 0 && Members.All(member => member.Item.IsValue);
}

/// <summary>Turns records into blocks.</summary>
internal sealed class RecordBlocks(ReadLimits limits, CancellationToken cancellationToken)
{
    private const int ColumnMax = 100;

    private int _cellCount;

    public List<Block> Blocks { get; } = [];

    /// <summary>Adds a value with its name.</summary>
    public void Add(DataRecord record, string name, int depth, SourcePlace place)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        cancellationToken.ThrowIfCancellationRequested();
        if (record.IsValue)
        {
            AddValue(record.Value, name, depth, place);
            return;
        }

        var inner = depth;
        if (name.Length > 0)
        {
            Blocks.Add(new ListItemBlock(depth, null, name, place));
            inner++;
        }

        if (record.IsList)
        {
            AddAll([.. record.Members.Select(member => (member.Item, place))], inner);
            return;
        }

        foreach (var (key, item) in record.Members)
        {
            Add(item, key, inner, place);
        }
    }

    /// <summary>Adds records of one kind: a table where all are flat, one after another otherwise.</summary>
    public void AddAll(IReadOnlyList<(DataRecord Record, SourcePlace Place)> records, int depth = 0)
    {
        var columns = records.Where(item => item.Record.IsFlat)
            .SelectMany(item => item.Record.Members.Select(member => member.Name))
            .Distinct(StringComparer.Ordinal).Take(ColumnMax + 1).ToArray();
        if (records.Count > 1 && columns.Length is > 0 and <= ColumnMax && records.All(item => item.Record.IsFlat))
        {
            AddTable(records, columns);
            return;
        }

        foreach (var (record, place) in records)
        {
            Add(record, "", depth, place);
        }
    }

    private void AddTable(IReadOnlyList<(DataRecord Record, SourcePlace Place)> records, string[] columns)
    {
        var rows = new List<TableRow> { new(columns, records[0].Place) };
        foreach (var (record, place) in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TextBounds.CheckCells(_cellCount += columns.Length, limits);
            var values = record.Members.GroupBy(member => member.Name, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Last().Item.Value, StringComparer.Ordinal);
            rows.Add(new TableRow([.. columns.Select(column => values.GetValueOrDefault(column) ?? "")], place));
        }

        Blocks.Add(new TableBlock(rows, 1, records[0].Place));
    }

    private void AddValue(string value, string name, int depth, SourcePlace place)
    {
        TextBounds.CheckCells(++_cellCount, limits);
        var text = value.Trim();
        if (text.Length > 0)
        {
            Blocks.Add(name.Length == 0 && depth == 0
                ? new ParagraphBlock(text, place)
                : new ListItemBlock(depth, null, name.Length == 0 ? text : $"{name}: {text}", place));
        }
    }
}
