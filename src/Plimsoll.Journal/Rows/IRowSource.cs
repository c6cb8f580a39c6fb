namespace Plimsoll.Journal.Rows;

/// <summary>A connection that answers queries over the journal's tables, all at one moment; one caller at a time.</summary>
/// <remarks>Statements are written once for every dialect: parameters are ?1, ?2, …, and <see cref="Dialect"/> has the words that differ.</remarks>
internal interface IRowSource : IAsyncDisposable
{
    SqlDialect Dialect { get; }

    /// <summary>Where the journal is, for messages.</summary>
    string Place { get; }

    /// <summary>A query whose rows may be read between those of others.</summary>
    /// <param name="values">Of type long or string.</param>
    IRows Query(string sql, params object[] values);

    /// <summary>False for a table that is newer than the journal, which no writer has opened since.</summary>
    ValueTask<bool> HasAsync(string table, CancellationToken cancellationToken);
}
