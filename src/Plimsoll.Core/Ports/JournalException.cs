namespace Plimsoll.Core.Ports;

/// <summary>The journal cannot be used; the message says what is wrong, the value found and what to change.</summary>
/// <param name="retryable">True when the same operation may succeed later (disk full, locked).</param>
public sealed class JournalException(string message, bool retryable, Exception? inner = null) : Exception(message, inner)
{
    public bool Retryable { get; } = retryable;
}
