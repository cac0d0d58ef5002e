using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>
/// Finds types that contain themselves through members that are never null: no instance of them could be completed. Through a list or a nullable member a type may well contain itself.
/// </summary>
internal sealed class JsonCycles
{
    private readonly Dictionary<string, JsonTypeSpec> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private JsonCycles(IEnumerable<JsonTypeSpec> types)
    {
        foreach (var type in types)
        {
            _types.Add(type.Method, type);
        }
    }

    /// <summary>The type and the member that leads back to a type around it; null where there is none.</summary>
    public static (JsonTypeSpec Type, JsonMemberSpec Member)? Find(IReadOnlyList<JsonTypeSpec> types)
    {
        var cycles = new JsonCycles(types);
        foreach (var type in types)
        {
            if (cycles.Visit(type) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private (JsonTypeSpec Type, JsonMemberSpec Member)? Visit(JsonTypeSpec type)
    {
        if (!_done.Add(type.Method))
        {
            return null;
        }

        _open.Add(type.Method);
        foreach (var member in type.Members)
        {
            if (member.Value is not { IsNullable: false, Method: { } method } || member.Default is not null || member.HasOwnValue)
            {
                continue;
            }

            if (_open.Contains(method))
            {
                return (type, member);
            }

            if (Visit(_types[method]) is { } found)
            {
                return found;
            }
        }

        _open.Remove(type.Method);
        return null;
    }
}
