namespace Plimsoll.Client.Services;

/// <summary>The service has stopped.</summary>
/// <param name="Left">Tasks that still run; the next service takes them over.</param>
public sealed record ServiceStoppedView(int Left);
