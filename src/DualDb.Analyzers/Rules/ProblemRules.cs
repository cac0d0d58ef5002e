using System.Collections.Generic;
using System.Collections.Immutable;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Rules;

/// <summary>
/// The rule for each problem of a model. A message says what cannot happen, why, and what to do; its arguments are documented on
/// <see cref="ProblemKind"/>. Ids are public: a new rule takes a free number, and none is ever renumbered.
/// </summary>
internal static class ProblemRules
{
    private static readonly Dictionary<ProblemKind, DiagnosticDescriptor> Table = new()
    {
        [ProblemKind.NoKey] = EntityRules.NoKey,
        [ProblemKind.BothDatabases] = EntityRules.BothDatabases,
        [ProblemKind.NotPartial] = EntityRules.NotPartial,
        [ProblemKind.GenericType] = EntityRules.GenericType,
        [ProblemKind.StaticType] = EntityRules.StaticType,
        [ProblemKind.AbstractType] = EntityRules.AbstractType,
        [ProblemKind.InaccessibleType] = EntityRules.InaccessibleType,
        [ProblemKind.InvalidName] = EntityRules.InvalidName,
        [ProblemKind.GeneratedNameTaken] = EntityRules.GeneratedNameTaken,
        [ProblemKind.SetNameReserved] = EntityRules.SetNameReserved,
        [ProblemKind.DuplicateSetName] = EntityRules.DuplicateSetName,
        [ProblemKind.NoUsableConstructor] = EntityRules.NoUsableConstructor,
        [ProblemKind.RequiredMemberNotMapped] = EntityRules.RequiredMemberNotMapped,
        [ProblemKind.UnsupportedMemberType] = MemberRules.UnsupportedMemberType,
        [ProblemKind.UnsupportedColumnType] = MemberRules.UnsupportedColumnType,
        [ProblemKind.InaccessibleMemberType] = MemberRules.InaccessibleMemberType,
        [ProblemKind.MemberCannotBeSet] = MemberRules.MemberCannotBeSet,
        [ProblemKind.MemberCannotBeRead] = MemberRules.MemberCannotBeRead,
        [ProblemKind.MemberCannotBeUsed] = MemberRules.MemberCannotBeUsed,
        [ProblemKind.DuplicateColumn] = MemberRules.DuplicateColumn,
        [ProblemKind.ConflictingAttributes] = MemberRules.ConflictingAttributes,
        [ProblemKind.DuplicateAttribute] = MemberRules.DuplicateAttribute,
        [ProblemKind.DuplicateLookup] = MemberRules.DuplicateLookup,
        [ProblemKind.UnsupportedKeyType] = MemberRules.UnsupportedKeyType,
        [ProblemKind.UnsupportedGeneratedKeyType] = MemberRules.UnsupportedGeneratedKeyType,
        [ProblemKind.GeneratedCompositeKey] = MemberRules.GeneratedCompositeKey,
        [ProblemKind.VersionType] = ColumnRules.VersionType,
        [ProblemKind.TimestampType] = ColumnRules.TimestampType,
        [ProblemKind.SoftDeleteType] = ColumnRules.SoftDeleteType,
        [ProblemKind.JsonbNeedsContext] = ColumnRules.JsonbNeedsContext,
        [ProblemKind.JsonbNotAContext] = ColumnRules.JsonbNotAContext,
        [ProblemKind.JsonbTypeNotListed] = ColumnRules.JsonbTypeNotListed,
        [ProblemKind.StoredAsTextNotEnum] = ColumnRules.StoredAsTextNotEnum,
        [ProblemKind.TwoRoots] = RootRules.TwoRoots,
        [ProblemKind.RootNotPartial] = RootRules.RootNotPartial,
        [ProblemKind.RootShape] = RootRules.RootShape,
        [ProblemKind.RootMemberTaken] = RootRules.RootMemberTaken,
        [ProblemKind.RootConstructor] = RootRules.RootConstructor,
        [ProblemKind.RootMemberReserved] = RootRules.RootMemberReserved,
        [ProblemKind.ReferenceToNonEntity] = ReferenceRules.ReferenceToNonEntity,
        [ProblemKind.ReferenceToOtherKeyType] = ReferenceRules.ReferenceToOtherKeyType,
        [ProblemKind.ReferenceToCompositeKey] = ReferenceRules.ReferenceToCompositeKey,
        [ProblemKind.ViewWithoutRoot] = ViewRules.ViewWithoutRoot,
        [ProblemKind.ViewMemberType] = ViewRules.ViewMemberType,
        [ProblemKind.ViewPathMissing] = ViewRules.ViewPathMissing,
        [ProblemKind.ViewPathAmbiguous] = ViewRules.ViewPathAmbiguous,
        [ProblemKind.ViewPathCardinality] = ViewRules.ViewPathCardinality,
        [ProblemKind.ViaUnknown] = ViewRules.ViaUnknown,
        [ProblemKind.ViewContainsItself] = ViewRules.ViewContainsItself,
        [ProblemKind.ViewAnnotationRefused] = ViewRules.ViewAnnotationRefused,
        [ProblemKind.OrderByUnknown] = ViewRules.OrderByUnknown,
        [ProblemKind.ViewConstructor] = ViewRules.ViewConstructor,
        [ProblemKind.ViewMemberReserved] = ViewRules.ViewMemberReserved,
        [ProblemKind.ViewIsMore] = ViewRules.ViewIsMore,
        [ProblemKind.ProjectionShape] = ProjectionRules.ProjectionShape,
        [ProblemKind.ProjectionOfNonEntity] = ProjectionRules.ProjectionOfNonEntity,
        [ProblemKind.ProjectionMemberUnknown] = ProjectionRules.ProjectionMemberUnknown,
        [ProblemKind.ProjectionMemberType] = ProjectionRules.ProjectionMemberType,
        [ProblemKind.EventShape] = EventRules.EventShape,
        [ProblemKind.EventNotEncodable] = EventRules.EventNotEncodable,
        [ProblemKind.EventName] = EventRules.EventName,
        [ProblemKind.EventVersion] = EventRules.EventVersion,
        [ProblemKind.HandlerOfNonEvent] = HandlerRules.OfNonEvent,
        [ProblemKind.HandlerTarget] = HandlerRules.Target,
        [ProblemKind.HandlerOption] = HandlerRules.Option,
        [ProblemKind.SagaShape] = SagaRules.Shape,
        [ProblemKind.SagaName] = SagaRules.Name,
        [ProblemKind.SagaStepShape] = SagaRules.StepShape,
        [ProblemKind.SagaStepUnbound] = SagaRules.StepUnbound,
        [ProblemKind.SagaCompensationUnbound] = SagaRules.CompensationUnbound,
        [ProblemKind.SagaCompensates] = SagaRules.Compensates,
        [ProblemKind.SagaNotEncodable] = SagaRules.NotEncodable,
        [ProblemKind.SagaNeedsLater] = SagaRules.NeedsLater,
        [ProblemKind.SagaBothTransactions] = SagaRules.BothTransactions,
        [ProblemKind.SagaOption] = SagaRules.Option,
        [ProblemKind.SagaConstructor] = SagaRules.Constructor,
        [ProblemKind.SagaResult] = SagaRules.Result,
        [ProblemKind.SyncShape] = SyncMapRules.Shape,
        [ProblemKind.SyncSameDatabase] = SyncMapRules.SameDatabase,
        [ProblemKind.SyncKey] = SyncMapRules.Key,
        [ProblemKind.SyncType] = SyncMapRules.Type,
        [ProblemKind.SyncUnfilled] = SyncMapRules.Unfilled,
        [ProblemKind.SyncNotInvertible] = SyncMapRules.NotInvertible,
        [ProblemKind.SyncResolver] = SyncMapRules.Resolver,
        [ProblemKind.SyncCounter] = SyncMapRules.Counter,
        [ProblemKind.SyncColumn] = SyncMapRules.Column,
        [ProblemKind.SyncName] = SyncMapRules.Name,
        [ProblemKind.LanguageVersionTooOld] = ProjectRules.LanguageVersionTooOld,
    };

    /// <summary>Every rule of this table.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [.. Table.Values];

    /// <summary>The rule for a problem.</summary>
    public static DiagnosticDescriptor Of(ProblemKind kind) => Table[kind];
}
