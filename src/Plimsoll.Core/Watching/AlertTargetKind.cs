namespace Plimsoll.Core.Watching;

/// <summary>How an alert is delivered.</summary>
public enum AlertTargetKind : byte
{
    /// <summary>A JSON document by POST.</summary>
    Webhook = 0,

    /// <summary>A message of the shape that Slack, Mattermost and others take.</summary>
    Slack = 1,

    /// <summary>A program, with the document on its standard input.</summary>
    Command = 2,
}
