namespace Plimsoll.Journal.Rows;

/// <summary>Rows one after the other; columns count from 0.</summary>
internal interface IRows : IDisposable
{
    /// <summary>Goes to the next row; false at the end.</summary>
    ValueTask<bool> NextAsync(CancellationToken cancellationToken);

    bool IsNull(int column);

    long Long(int column);

    double Double(int column);

    string Text(int column);

    /// <summary>The column's text, valid until the next row.</summary>
    ReadOnlySpan<byte> Utf8(int column);

    byte[] Blob(int column);

    int Int(int column) => (int)Long(column);

    long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    string? TextOrNull(int column) => IsNull(column) ? null : Text(column);
}
