namespace Plimsoll.Journal.Postgres;

/// <summary>What a column of a statement holds on its way to the server.</summary>
internal enum ColumnKind : byte
{
    /// <summary>A whole number of any size.</summary>
    Whole = 0,

    /// <summary>A whole number or nothing.</summary>
    MaybeWhole = 1,

    Real = 2,

    /// <summary>Text or nothing.</summary>
    Text = 3,

    /// <summary>JSON that Plimsoll wrote.</summary>
    Json = 4,

    Bytes = 5,
}
