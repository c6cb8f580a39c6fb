namespace Plimsoll.Core.Inputs;

/// <summary>Something that happened outside the kernel.</summary>
public abstract record Input;
