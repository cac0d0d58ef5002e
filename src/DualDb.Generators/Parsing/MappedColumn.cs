using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>A column and the member behind it.</summary>
internal sealed class MappedColumn(MappedMember member, ColumnSpec column)
{
    public MappedMember Member { get; } = member;

    public ColumnSpec Column { get; } = column;

    public IPropertySymbol Property => Member.Property;

    public MemberAnnotations Annotations => Member.Annotations;

    /// <summary>The member's type as messages show it.</summary>
    public string DisplayType => ParseContext.Display(Property.Type);
}
