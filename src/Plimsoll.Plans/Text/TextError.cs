namespace Plimsoll.Plans.Text;

/// <summary>What is wrong with a text, and where in it.</summary>
internal readonly record struct TextError(int Offset, string Value, string Message, string Cure);
