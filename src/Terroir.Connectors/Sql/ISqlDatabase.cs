using System.Data.Common;
using Terroir.Connectors.Connecting;

namespace Terroir.Connectors.Sql;

/// <summary>A kind of database: how it is opened, and what differs in its SQL.</summary>
internal interface ISqlDatabase : IAsyncDisposable
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>Opens a connection on which nothing can be changed.</summary>
    /// <exception cref="SourceFaultException">It cannot be opened, with what to do.</exception>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>The size in bytes of a value, in its SQL.</summary>
    string SizeOf(string expression);

    /// <summary>A condition that a row has the id of the parameters that <see cref="AddId"/> adds, so that an index can
    /// find it.</summary>
    string IsId(string column);

    /// <summary>Adds the parameters of <see cref="IsId"/>, and <c>@id</c> as text.</summary>
    void AddId(DbCommand command, string id);

    /// <summary>Adds a text, whose type follows from where it stands.</summary>
    void AddText(DbCommand command, string name, string? value);

    /// <summary>Begins a transaction in which nothing can be changed and the data stand still.</summary>
    Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Makes a running statement end when a token is cancelled.</summary>
    IDisposable? EndOn(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Says what an error means, without data.</summary>
    SourceFaultException Explain(DbException exception, TimeSpan timeout);
}
