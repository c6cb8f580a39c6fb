namespace Plimsoll.Gateway.Forwarding;

/// <summary>Where an answer goes: a client's connection, or memory.</summary>
/// <remarks>Used by one flow at a time: headers, then bytes, then the end.</remarks>
internal interface IReply
{
    /// <summary>Whether something was sent, so that status and headers cannot change any more.</summary>
    bool Started { get; }

    /// <summary>Sets the status, and the length if it is known.</summary>
    void Begin(int status, long? length);

    void Header(string name, string value);

    /// <summary>Sends bytes at once; waits while the receiver does not read.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Breaks the connection so that the receiver sees that the answer is not whole.</summary>
    void Abort();
}
