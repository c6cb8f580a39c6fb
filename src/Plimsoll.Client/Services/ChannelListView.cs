namespace Plimsoll.Client.Services;

/// <summary>The configured channels.</summary>
public sealed record ChannelListView(IReadOnlyList<ChannelView> Channels);
