namespace Terroir.Bench.Searching;

/// <summary>An index of a judged collection that is asked by members of groups.</summary>
internal interface ISearchIndex
{
    /// <summary>How long building it took, until it was durable and one segment.</summary>
    TimeSpan BuildTime { get; }

    /// <summary>Finds the best documents and reads the text that a person would be shown.</summary>
    /// <param name="query">The question.</param>
    /// <param name="group">Who asks; see <see cref="ReaderGroups"/>.</param>
    /// <param name="count">How many documents at most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Ids of documents, best first.</returns>
    ValueTask<IReadOnlyList<string>> SearchAsync(
        string query,
        string group,
        int count,
        CancellationToken cancellationToken);
}
