using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>What can be joined through the references of an entity.</summary>
internal static class JoinPlan
{
    /// <summary>The references of an entity; null where there are none, or nothing is generated for it.</summary>
    public static ReferringSpec? Of(EntitySpec entity)
    {
        if (entity.Level != EmissionLevel.Full || entity.References.Count == 0)
        {
            return null;
        }

        var members = new List<ReferringMemberSpec>();
        foreach (var reference in entity.References)
        {
            var column = entity.Columns[reference.Ordinal];
            members.Add(new ReferringMemberSpec(
                column.Member, ColumnCode.Get(entity, column, "row"), column.NotNullType, column.IsNullable, column.IsValueType, reference.TargetFullName, reference.Target)
            {
                IsSensitive = column.IsSensitive,
            });
        }

        return new ReferringSpec(entity.Type, members.ToEquatableArray());
    }

    /// <summary>The joins with entities that are read by the same root; null where there are none.</summary>
    public static JoinsSpec? Resolve(ReferringSpec referring, SetsSpec sets)
    {
        if (Find(sets, referring.Type.FullName) is not { } own)
        {
            return null;
        }

        var joins = new List<JoinSpec>();
        foreach (var reference in referring.References)
        {
            if (Find(sets, reference.Target) is { } target)
            {
                joins.Add(new JoinSpec(reference, target, IsOnlyOne(referring, reference)));
            }
        }

        return joins.Count == 0 ? null : new JoinsSpec(referring.Type, own, joins.ToEquatableArray());
    }

    private static bool IsOnlyOne(ReferringSpec referring, ReferringMemberSpec reference)
    {
        foreach (var other in referring.References)
        {
            if (other.Member != reference.Member && other.TargetName == reference.TargetName)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The set of an entity of this project; null where there is none that can be read.</summary>
    public static SetSpec? FindOwn(SetsSpec sets, string entity) => Find(sets.Own, entity);

    private static SetSpec? Find(SetsSpec sets, string entity) => Find(sets.Own, entity) ?? Find(sets.References.Sets, entity);

    private static SetSpec? Find(EquatableArray<SetSpec> sets, string entity)
    {
        foreach (var set in sets)
        {
            if (set.Entity == entity && set is { IsSkeleton: false, Database: not null })
            {
                return set;
            }
        }

        return null;
    }
}
