namespace Terroir.Connectors.Sql;

/// <summary>The statements that are run around the query, and where each column is in their rows.</summary>
/// <remarks>The query stands in parentheses, so that nothing but a SELECT, VALUES or WITH is understood there. Each
/// column comes as the text that the database makes of it.</remarks>
internal sealed class SqlColumns
{
    private readonly ISqlDatabase _database;
    private readonly SqlSettings _settings;
    private readonly string[] _roles;

    /// <summary>Lays the columns out.</summary>
    public SqlColumns(ISqlDatabase database, SqlSettings settings)
    {
        _database = database;
        _settings = settings;
        _roles = [.. new[]
        {
            settings.Id, settings.Changed, settings.Deleted, settings.Title, settings.FileName, settings.Allow,
            settings.Deny, settings.Label,
        }.OfType<string>().Distinct(StringComparer.Ordinal)];
        Texts = [.. settings.Template?.Columns ?? []];
    }

    /// <summary>The columns of the template.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The columns that a listing reads, in order.</summary>
    public IReadOnlyList<string> Listed => _settings.Changed is null ? [.. _roles, .. Texts] : _roles;

    /// <summary>The columns that come with a document, in order; after them its file, if a column holds one.</summary>
    public IReadOnlyList<string> Fetched => [.. _roles, .. Texts];

    /// <summary>Lists all rows.</summary>
    public string List() => $"SELECT {Join(Listed)} FROM (\n{_settings.Query}\n) AS q";

    /// <summary>Lists a few rows, to try the query.</summary>
    public string Try(int countMax) => $"{List()} LIMIT {countMax}";

    /// <summary>Finds the last change.</summary>
    public string Last() => $"SELECT {Text($"max({Name(_settings.Changed!)})")} FROM (\n{_settings.Query}\n) AS q";

    /// <summary>Finds a row: the size first, so that a large one is not read.</summary>
    /// <param name="isExact">Whether the id is compared as text, which always finds it, and slowly.</param>
    public string Fetch(bool isExact)
    {
        var size = _settings.Content is { } content
            ? _database.SizeOf(Name(content))
            : string.Join(" + ", Texts.Select(text => $"coalesce({_database.SizeOf(Text(Name(text)))}, 0)"));
        var file = _settings.Content is { } column ? $", {Name(column)}" : "";
        var condition = isExact ? $"{Text(Name(_settings.Id))} = @id" : _database.IsId(Name(_settings.Id));
        return $"SELECT {size}, {Join(Fetched)}{file} FROM (\n{_settings.Query}\n) AS q WHERE {condition} LIMIT 2";
    }

    private static string Join(IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => Text(Name(column))));

    private static string Text(string expression) => $"CAST({expression} AS text)";

    private static string Name(string column) => $"q.\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
