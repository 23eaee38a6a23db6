using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Terroir.Retrieval;

namespace Terroir.Answers;

/// <summary>Documents that dropped out of one answer: damaged, or no longer as they were found.</summary>
internal sealed partial class LostDocuments
{
    private readonly HashSet<(CollectionId Collection, DocumentId Document)> _documents = [];
    private readonly ILogger _logger;

    public LostDocuments(IEnumerable<DamagedDocument> damaged, ILogger? logger)
    {
        _logger = logger ?? NullLogger.Instance;
        Add(damaged);
    }

    /// <summary>How many dropped out.</summary>
    public int Count => _documents.Count;

    /// <summary>Whether one of them is damaged.</summary>
    public bool HasDamage { get; private set; }

    /// <summary>The documents.</summary>
    public IReadOnlySet<(CollectionId Collection, DocumentId Document)> All => _documents;

    /// <summary>Whether one of them stood for others.</summary>
    public bool HaveCopies { get; private set; }

    /// <summary>Drops documents that a search could not read.</summary>
    public void Add(IEnumerable<DamagedDocument> damaged)
    {
        foreach (var item in damaged)
        {
            AddDamaged(item.Collection, item.Document, item.Code);
        }
    }

    /// <summary>Drops the document of a passage.</summary>
    /// <param name="hit">The passage.</param>
    /// <param name="code">The code of the error if its bytes are damaged, else empty.</param>
    public void Add(PassageHit hit, string code)
    {
        if (code.Length > 0)
        {
            AddDamaged(hit.Collection, hit.Document.Id, code);
        }

        HaveCopies |= hit.Duplicates.Count > 0;
        _documents.Add((hit.Collection, hit.Document.Id));
    }

    /// <summary>What was found, without the passages of these documents.</summary>
    public SearchResult LeaveOut(SearchResult found) => Count == 0
        ? found
        : found with { Hits = [.. found.Hits.Where(hit => !_documents.Contains((hit.Collection, hit.Document.Id)))] };

    private void AddDamaged(CollectionId collection, DocumentId document, string code)
    {
        HasDamage = true;
        if (_documents.Add((collection, document)))
        {
            LogLeftOut(document, collection, code);
        }
    }

    [LoggerMessage(2501, LogLevel.Warning, "left document {Document} of {Collection} out of an answer: {Code}")]
    private partial void LogLeftOut(DocumentId document, CollectionId collection, string code);
}
