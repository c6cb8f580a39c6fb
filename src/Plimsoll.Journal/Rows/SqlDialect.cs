namespace Plimsoll.Journal.Rows;

/// <summary>The words in which SQL dialects differ.</summary>
/// <param name="JoinInOrder">A join whose left side is read first.</param>
/// <param name="ClassOfDetail">The class and the node named in the detail of an event, to group by.</param>
internal sealed record SqlDialect(string JoinInOrder, string ClassOfDetail)
{
    internal static SqlDialect Sqlite { get; } = new("CROSS JOIN", "json_extract(detail, '$.class'), json_extract(detail, '$.node')");

    internal static SqlDialect Postgres { get; } = new("JOIN", "detail ->> 'class', detail ->> 'node'");
}
