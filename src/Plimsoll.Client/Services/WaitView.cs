namespace Plimsoll.Client.Services;

/// <summary>How far the tasks and runs are that somebody waited for.</summary>
/// <param name="Done">True when all of them have ended; false = the time was over first, ask again.</param>
/// <param name="Items">In the order in which they were named.</param>
public sealed record WaitView(bool Done, IReadOnlyList<WaitItemView> Items);
