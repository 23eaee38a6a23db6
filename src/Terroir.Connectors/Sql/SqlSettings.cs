using Terroir.Connectors.Connecting;
using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>What is set for a query, whatever the database.</summary>
internal sealed record SqlSettings
{
    private const string QueryName = "query";
    private const string IdName = "id-column";
    private const string ChangedName = "changed-column";
    private const string DeletedName = "deleted-column";
    private const string TitleName = "title-column";
    private const string TemplateName = "template";
    private const string FormatName = "format";
    private const string ContentName = "content-column";
    private const string FileNameName = "name-column";
    private const string AllowName = "allow-column";
    private const string DenyName = "deny-column";
    private const string LabelName = "label-column";
    private const string TimeoutName = "timeout";

    private const string IdDefault = "id";
    private const string Markdown = "markdown";
    private const string PlainText = "text";
    private const int TimeoutDefault = 60;
    private const int TimeoutMax = 3_600;
    private const string Since = "@since";

    /// <summary>What can be set.</summary>
    public static IReadOnlyList<ConnectorSetting> All { get; } =
    [
        new(
            QueryName,
            "One SELECT that gives a row for each document. It may name @since, the last change that was seen.",
            "SELECT id, title, body, changed FROM procedures") { IsRequired = true },
        new(IdName, "The column that names a row for ever; '/' in it makes folders.", IdDefault)
        {
            Default = IdDefault,
        },
        new(ChangedName, "The column that changes when the row does. Without it all columns are compared.", "changed"),
        new(
            DeletedName,
            "The column that marks rows as deleted. With it and @since in the query only changes are asked for.",
            "deleted"),
        new(TitleName, "The column that is the title.", "title"),
        new(TemplateName, "The document's text, with columns in braces.", "# {title}\n\n{body}"),
        new(FormatName, "What the template is: markdown or text.", Markdown) { Default = Markdown },
        new(ContentName, "In place of a template: the column that holds a file.", "content"),
        new(FileNameName, "The column that holds the file's name, from which formats are told.", "file_name"),
        new(AllowName, "The column of who may read: user:ID, group:ID or everyone, with commas between.", "readers"),
        new(DenyName, "The column of who may not read.", "refused"),
        new(LabelName, "The column of the classification.", "label"),
        new(TimeoutName, "How many seconds the query may take.", "60") { Default = "60" },
    ];

    /// <summary>The query, without a semicolon at its end.</summary>
    public required string Query { get; init; }

    /// <summary>The column that names a row.</summary>
    public required string Id { get; init; }

    /// <summary>The column that changes when the row does.</summary>
    public string? Changed { get; init; }

    /// <summary>The column that marks rows as deleted.</summary>
    public string? Deleted { get; init; }

    /// <summary>The column that is the title.</summary>
    public string? Title { get; init; }

    /// <summary>The text; <see langword="null"/> if a column holds a file.</summary>
    public RowTemplate? Template { get; init; }

    /// <summary>What a template's file name ends with.</summary>
    public required string Extension { get; init; }

    /// <summary>The column that holds a file.</summary>
    public string? Content { get; init; }

    /// <summary>The column that holds the file's name.</summary>
    public string? FileName { get; init; }

    /// <summary>The column of who may read.</summary>
    public string? Allow { get; init; }

    /// <summary>The column of who may not.</summary>
    public string? Deny { get; init; }

    /// <summary>The column of the classification.</summary>
    public string? Label { get; init; }

    /// <summary>How long the query may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether the query takes the last change that was seen.</summary>
    public bool TakesSince => Query.Contains(Since, StringComparison.Ordinal);

    /// <summary>Whether only changes can be asked for: else nobody would tell what is gone.</summary>
    public bool TellsChanges => TakesSince && Changed is not null && Deleted is not null;

    /// <summary>Finds what is wrong.</summary>
    public static void Check(SourceSettings settings, SettingRules rules)
    {
        rules.RequireNumber(TimeoutName, 1, TimeoutMax);
        rules.RequireWord(FormatName, Markdown, PlainText);
        rules.RequireTogether(FileNameName, ContentName);
        rules.RequireTogether(ContentName, ChangedName);
        rules.RequireTogether(DenyName, AllowName);
        if (Trim(settings.Find(QueryName) ?? "").Contains(';', StringComparison.Ordinal))
        {
            rules.Add(
                QueryName,
                "Only one query is run: write it without ';'. Where a text needs one, write chr(59) or char(59).");
        }

        switch (settings.Find(TemplateName), settings.Find(ContentName))
        {
            case (null, null):
                rules.Add(TemplateName, "Say what the document is: a template, or 'content-column'.");
                break;
            case ({ Length: > 0 }, { Length: > 0 }):
                rules.Add(TemplateName, "Set a template or 'content-column', not both.");
                break;
            case ({ } template, _):
                CheckTemplate(template, rules);
                break;
        }
    }

    /// <summary>Reads settings without faults.</summary>
    public static SqlSettings From(SourceSettings settings) => new()
    {
        Query = Trim(settings.Get(QueryName)),
        Id = settings.Find(IdName) ?? IdDefault,
        Changed = settings.Find(ChangedName),
        Deleted = settings.Find(DeletedName),
        Title = settings.Find(TitleName),
        Template = settings.Find(TemplateName) is { } template ? RowTemplate.Parse(template) : null,
        Extension = settings.Find(FormatName) is PlainText ? ".txt" : ".md",
        Content = settings.Find(ContentName),
        FileName = settings.Find(FileNameName),
        Allow = settings.Find(AllowName),
        Deny = settings.Find(DenyName),
        Label = settings.Find(LabelName),
        Timeout = TimeSpan.FromSeconds(settings.GetNumber(TimeoutName, TimeoutDefault)),
    };

    private static void CheckTemplate(string template, SettingRules rules)
    {
        try
        {
            if (RowTemplate.Parse(template).Columns.Count == 0)
            {
                rules.Add(TemplateName, "It names no column, so that all documents would be the same. Write {column}.");
            }
        }
        catch (FormatException exception)
        {
            rules.Add(TemplateName, exception.Message);
        }
    }

    private static string Trim(string query) => query.Trim().TrimEnd(';').TrimEnd();
}
