using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The local variable that holds a member while its object is read: null until the member is met.</summary>
internal sealed class JsonLocal
{
    private readonly JsonTypeSpec _type;
    private readonly string _name;

    // Where null is a value of the member, another variable tells whether the member was met. Null where none is needed.
    private readonly string? _flag;

    public JsonLocal(JsonTypeSpec type, JsonMemberSpec member, HashSet<string> inUse)
    {
        _type = type;
        Member = member;
        _name = Identifier.Parameter(member.Name, inUse);
        _flag = member is { HasOwnValue: true, Value.IsNullable: true } ? Identifier.Parameter("has" + member.Name, inUse) : null;
    }

    public JsonMemberSpec Member { get; }

    /// <summary>The condition under which the document did not have the member.</summary>
    public string IsAbsent => _flag is null ? _name + " is null" : "!" + _flag;

    /// <summary>The expression of the member's value once the document is read.</summary>
    public string Value
    {
        get
        {
            if (Member.Default is not null || Member.Value.IsNullable)
            {
                return Member.IsOblivious ? _name + "!" : _name;
            }

            if (Member.HasOwnValue)
            {
                return Member.Value.IsValueType ? _name + ".Value" : _name;
            }

            return $"{_name} ?? throw {JsonCode.Runtime}.Missing({Identifier.Literal(_type.Shown)}, {Identifier.Literal(Member.Name)})";
        }
    }

    public void WriteDeclaration(SourceWriter writer)
    {
        writer.Lines(Member.Default is { } value ? $"{Member.Value.Declared} {_name} = {value};" : $"{Member.Value.Type}? {_name} = null;");
        if (_flag is not null)
        {
            writer.Lines($"var {_flag} = false;");
        }
    }

    public void WriteAssignment(SourceWriter writer)
    {
        writer.Lines($"{_name} = {JsonCode.Read(Member.Value)};");
        if (_flag is not null)
        {
            writer.Lines($"{_flag} = true;");
        }
    }

    /// <summary>Writes the statement that takes the value of another instance.</summary>
    public void WriteOwnValue(SourceWriter writer)
    {
        var initial = "initial." + Identifier.Escape(Member.Name);
        writer.Lines(_flag is null ? $"{_name} ??= {initial};" : $"{_name} = {_flag} ? {_name} : {initial};");
    }
}
