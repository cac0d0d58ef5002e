namespace DualDb.Generators.Model;

/// <summary>An event: all that its generated file depends on.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The name under which it is stored.</param>
/// <param name="Version">The version of its payload.</param>
/// <param name="IsUpgradable">Whether it reads older payloads.</param>
/// <param name="Payload">The event as a value of the codec.</param>
/// <param name="Codec">How it is written and read.</param>
internal sealed record EventSpec(TypeSpec Type, string Name, int Version, bool IsUpgradable, JsonValueSpec Payload, JsonCodecSpec Codec);

/// <summary>An event as the registry lists it: no more, so that an edit of a member leaves the registry alone.</summary>
/// <param name="Type">The type with <c>global::</c>.</param>
/// <param name="IsUpgradable">Whether it reads older payloads.</param>
internal sealed record EventEntrySpec(string Type, bool IsUpgradable);
