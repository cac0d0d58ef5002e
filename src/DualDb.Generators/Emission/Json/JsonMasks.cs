using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Which types of a codec hold something that nobody but the application is shown. A type may contain itself, so that they are found until none is added.</summary>
internal sealed class JsonMasks
{
    /// <summary>What a mask is at run time.</summary>
    public const string Runtime = "global::DualDb.Consistency.Json.JsonMask";

    private const string Everything = Runtime + ".Everything";

    private readonly JsonCodecSpec _codec;
    private readonly HashSet<string> _sensitive = new(StringComparer.Ordinal);
    private readonly HashSet<string> _masked = new(StringComparer.Ordinal);

    private JsonMasks(JsonCodecSpec codec)
    {
        _codec = codec;
        foreach (var type in codec.Types)
        {
            if (type.IsSensitive)
            {
                _sensitive.Add(type.Method);
            }
        }

        while (FindMore())
        {
        }
    }

    public static JsonMasks Of(JsonCodecSpec codec) => new(codec);

    /// <summary>Whether a type has a mask of its own.</summary>
    public bool IsMasked(JsonTypeSpec type) => _masked.Contains(type.Method);

    /// <summary>The mask of a value, from outside of the codec; null where everything of it is shown.</summary>
    public string? Expression(JsonValueSpec value) => Expression(value, _codec.Holder + ".");

    /// <summary>The mask of a value, from within the codec; null where everything of it is shown.</summary>
    public string? InnerExpression(JsonValueSpec value) => Expression(value, "");

    private string? Expression(JsonValueSpec value, string holder)
        => value.Method is not { } method ? null
            : _sensitive.Contains(method) ? Everything
            : _masked.Contains(method) ? $"{holder}Mask{method}()" : null;

    private bool FindMore()
    {
        var found = false;
        foreach (var type in _codec.Types)
        {
            if (!_sensitive.Contains(type.Method) && Holds(type))
            {
                found |= _masked.Add(type.Method);
            }
        }

        return found;
    }

    private bool Holds(JsonTypeSpec type)
    {
        foreach (var member in type.Members)
        {
            if (member.IsSensitive || Holds(member.Value))
            {
                return true;
            }
        }

        return type.Element is { } element && Holds(element);
    }

    private bool Holds(JsonValueSpec value) => value.Method is { } method && (_sensitive.Contains(method) || _masked.Contains(method));
}
