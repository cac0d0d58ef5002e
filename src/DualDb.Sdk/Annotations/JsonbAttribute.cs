using System.Text.Json.Serialization;

namespace DualDb;

/// <summary>
/// Stores the member as <c>jsonb</c>. A type of your own needs a <see cref="JsonSerializerContext"/> that lists it with
/// <see cref="JsonSerializableAttribute"/>, so that nothing is found by reflection at run time. A <see cref="string"/> holds JSON text as it is.
/// </summary>
/// <param name="context">The serializer context, or null for <see cref="string"/>, <c>JsonDocument</c> and <c>JsonElement</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class JsonbAttribute(Type? context = null) : Attribute
{
    /// <summary>The serializer context, or null.</summary>
    public Type? Context { get; } = context;
}
